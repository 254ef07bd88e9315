using System.Text.Json.Serialization;
using Relustre.Facts;

namespace Relustre;

/// <summary>
/// What a component is on one server, typed: stored as <c>/.relustre/facts/COMPONENT.json</c>. The discriminator is the
/// component's name and part of the file format: never rename it. A field may be added; one that changes its meaning raises
/// the manifest's schema number.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "component")]
[JsonDerivedType(typeof(SystemFacts), "system")]
[JsonDerivedType(typeof(ChromaAgentFacts), "chroma-agent")]
[JsonDerivedType(typeof(CorosyncFacts), "corosync")]
[JsonDerivedType(typeof(LnetFacts), "lnet")]
[JsonDerivedType(typeof(LustreFacts), "lustre")]
[JsonDerivedType(typeof(MountPointsFacts), "mount-points")]
[JsonDerivedType(typeof(MultipathFacts), "multipath")]
[JsonDerivedType(typeof(PacemakerFacts), "pacemaker")]
[JsonDerivedType(typeof(RdmaFacts), "rdma")]
[JsonDerivedType(typeof(ZfsFacts), "zfs")]
public abstract record ComponentFacts;
