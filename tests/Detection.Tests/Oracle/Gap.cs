namespace Detection.Tests.Oracle;

/// <summary>Time in which a lane may have had events that never arrive; both ends belong to it.</summary>
internal sealed record Gap(int Host, int Boot, long FromNs, long ToNs);
