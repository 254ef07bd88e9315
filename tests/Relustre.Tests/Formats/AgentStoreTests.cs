using System.Text;
using CsCheck;
using Relustre.Formats;

namespace Relustre.Tests.Formats;

public class AgentStoreTests
{
    [Fact]
    public void Every_key_comes_back_from_its_file_name() =>
        Gen.String[Gen.Char['\u0001', '\uD7FF'], 1, 40].Sample(key => AgentStore.Key(NameOf(key)) == key);

    [Theory]
    [InlineData("c2VydmVy", "server")]
    [InlineData("cHJvZmlsZQ==", "profile")]
    [InlineData("OWExYzNmMGUtNWI3ZC00YzJhLThlNjEtMmY0ZDdiOTBjM2Fh", "9a1c3f0e-5b7d-4c2a-8e61-2f4d7b90c3aa")]
    [InlineData("MTQ1MzAxODQ1MzEwNjQyOTc3MTQ=", "14530184531064297714")]
    public void Names_are_those_that_IML_wrote(string name, string key) => Assert.Equal(key, AgentStore.Key(name));

    [Theory]
    [InlineData("c2VydmVy.swp")]
    [InlineData("cHJvZmlsZQ")]
    [InlineData("")]
    [InlineData("____")]
    [InlineData("a b=")]
    public void A_name_that_is_no_key_is_none(string name) => Assert.Null(AgentStore.Key(name));

    [Theory]
    [InlineData("/var/lib/chroma/server_conf", "settings", "server")]
    [InlineData("/var/lib/chroma/9a1c3f0e-5b7d-4c2a-8e61-2f4d7b90c3aa", "targets", "9a1c3f0e-5b7d-4c2a-8e61-2f4d7b90c3aa")]
    [InlineData("/var/lib/chroma/labels/ZnMtT1NUMDAwMV80MWQwYmU=", "labels", "fs-OST0001_41d0be")]
    public void An_address_is_the_same_in_every_era(string path, string section, string key) =>
        Assert.Equal((section, key), AgentStore.Address(path));

    private static string NameOf(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes(key)).Replace('+', '-').Replace('/', '_');
}
