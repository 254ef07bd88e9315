using Relustre.Hosts;
using Relustre.Restore;

namespace Relustre.Tests;

/// <summary>
/// A server in a folder: a tree with a real shell and real tools, whose files lie at their own paths and whose other programs are
/// scripts of the test. It is reached like any host that has a root. Needs root, as chroot does.
/// </summary>
internal sealed class TestServer : IDisposable
{
    private static readonly string[] tools =
    [
        "sh", "awk", "base64", "basename", "cat", "chmod", "chown", "cmp", "cp", "cut", "date", "dirname", "env", "expr", "find", "flock", "grep", "head",
        "id", "kill", "ln", "ls", "mkdir", "mktemp", "mount", "mv", "od", "printf", "ps", "readlink", "rm", "rmdir", "sed", "setsid", "sha256sum",
        "sleep", "sort", "stat", "sync", "tail", "test", "timeout", "touch", "tr", "uname", "unshare", "wc",
    ];

    private static readonly Lazy<TemporaryFolder> picture = new(Build);
    private readonly TemporaryFolder tree = new();

    public TestServer(string name)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "chroot needs root");
        tree.Shell($"cp -al {picture.Value.Path}/. .");
        Host = new Host(name) { Root = tree.Path };
        Program("uname", $"[ \"$1\" != -n ] || {{ echo {name}; exit; }}; echo 3.10.0-957.10.1.el7_lustre.x86_64");
    }

    public Host Host { get; }

    public HostShell Shell => new(Host, TimeProvider.System);

    public string Path(string path) => tree[path];

    public TestServer File(string path, string content)
    {
        Remove(path);
        tree.Write(path, content);
        return this;
    }

    /// <summary>A program that is a script.</summary>
    public TestServer Program(string name, string script)
    {
        Remove($"bin/{name}");
        tree.Write($"bin/{name}", $"#!/bin/sh\n{script}\n", (UnixFileMode)0x1ED);
        return this;
    }

    /// <summary>A program that prints a file of the test's and ends.</summary>
    public TestServer Says(string name, string text, int exitCode = 0)
    {
        File($"answers/{name}", text);
        return Program(name, $"cat /answers/{name}; exit {exitCode}");
    }

    public TestServer Remove(string path)
    {
        if (System.IO.File.Exists(tree[path]))
            System.IO.File.Delete(tree[path]);
        return this;
    }

    public void Dispose() => tree.Dispose();

    // Real tools with the libraries they need, once for all tests: every server has links to them.
    private static TemporaryFolder Build()
    {
        var made = new TemporaryFolder();
        made.Shell($$"""
            mkdir -p bin etc proc dev tmp var run answers; ln -s bin sbin; ln -s . usr
            mknod dev/null c 1 3; chmod 666 dev/null
            mkdir proc/self; echo 'proc /proc proc rw 0 0' >proc/mounts; echo '9 (sh) R 1 ' >proc/self/stat; mkdir proc/1; echo '1 (init) S 0 ' >proc/1/stat
            echo 'root:x:0:0:root:/root:/bin/sh' >etc/passwd; echo 'root:x:0:' >etc/group
            for tool in {{string.Join(' ', tools)}}; do
                real=$(readlink -f "$(type -P "$tool")")
                cp "$real" "bin/$tool"
                ldd "$real" 2>/dev/null | awk '{ for (i = 1; i <= NF; i++) if ($i ~ /^\//) print $i }' | while read -r library; do
                    [ -e ".$library" ] || { mkdir -p ".${library%/*}"; cp -L "$library" ".$library"; }
                done
            done
            """);
        return made;
    }
}
