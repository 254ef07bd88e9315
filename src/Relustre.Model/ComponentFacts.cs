using System.Text.Json.Serialization;
using Relustre.Facts;

namespace Relustre;

/// <summary>
/// What a component is on one server, typed: stored as <c>/.relustre/facts/COMPONENT.json</c>. The discriminator is the
/// component's name and part of the file format: never rename it. A field may be added; one that changes its meaning raises
/// the manifest's schema number.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "component")]
[JsonDerivedType(typeof(BootLoaderFacts), "boot-loader")]
[JsonDerivedType(typeof(ChromaAgentFacts), "chroma-agent")]
[JsonDerivedType(typeof(CorosyncFacts), "corosync")]
[JsonDerivedType(typeof(CronFacts), "cron")]
[JsonDerivedType(typeof(FileSystemLayoutFacts), "file-system-layout")]
[JsonDerivedType(typeof(FirewallFacts), "firewall")]
[JsonDerivedType(typeof(IdentityFacts), "identity")]
[JsonDerivedType(typeof(KickstartFacts), "kickstart")]
[JsonDerivedType(typeof(LnetFacts), "lnet")]
[JsonDerivedType(typeof(LogrotateFacts), "logrotate")]
[JsonDerivedType(typeof(LustreFacts), "lustre")]
[JsonDerivedType(typeof(MountPointsFacts), "mount-points")]
[JsonDerivedType(typeof(MultipathFacts), "multipath")]
[JsonDerivedType(typeof(NameResolutionFacts), "name-resolution")]
[JsonDerivedType(typeof(NetworkFacts), "network")]
[JsonDerivedType(typeof(PacemakerFacts), "pacemaker")]
[JsonDerivedType(typeof(PackagesFacts), "packages")]
[JsonDerivedType(typeof(PamFacts), "pam")]
[JsonDerivedType(typeof(RdmaFacts), "rdma")]
[JsonDerivedType(typeof(RepositoriesFacts), "repositories")]
[JsonDerivedType(typeof(RsyslogFacts), "rsyslog")]
[JsonDerivedType(typeof(SELinuxFacts), "selinux")]
[JsonDerivedType(typeof(ServicesFacts), "services")]
[JsonDerivedType(typeof(SshFacts), "ssh")]
[JsonDerivedType(typeof(SystemFacts), "system")]
[JsonDerivedType(typeof(TimeSyncFacts), "time-sync")]
[JsonDerivedType(typeof(TuningFacts), "tuning")]
[JsonDerivedType(typeof(ZfsFacts), "zfs")]
public abstract record ComponentFacts;
