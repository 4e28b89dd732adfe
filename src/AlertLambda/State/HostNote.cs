using Wire.Model;

namespace AlertLambda.State;

/// <summary>What is said of a host when it is silent. From outside: escape before it is shown. Immutable.</summary>
/// <param name="HostName">Its name for people; may be empty.</param>
/// <param name="Cloud">EC2 identity, or null outside EC2.</param>
public sealed record HostNote(string HostName, CloudIdentity? Cloud);
