using AlertLambda.State;

namespace AlertLambda.Sweeping;

/// <summary>A host that was not heard of for too long. Immutable.</summary>
/// <param name="HostId">Its id. From outside: escape before it is shown.</param>
/// <param name="Note">What it is called.</param>
/// <param name="LastSeen">When the stream last got a frame of it.</param>
public sealed record SilentHost(string HostId, HostNote Note, DateTimeOffset LastSeen);
