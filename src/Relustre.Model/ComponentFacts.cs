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
public abstract record ComponentFacts;
