using System.Text.Json.Serialization;

namespace Relustre;

/// <summary>
/// What a component is on one server, typed: stored as <c>/.relustre/facts/COMPONENT.json</c>. The discriminator is the
/// component's name and part of the file format: never rename it. A field may be added; one that changes its meaning raises
/// the manifest's schema number.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "component")]
public abstract record ComponentFacts;
