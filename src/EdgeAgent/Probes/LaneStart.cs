using Wire.Model;

namespace EdgeAgent.Probes;

/// <summary>Where the numbers of one lane go on.</summary>
/// <param name="Sent">The last number that a frame accounts for.</param>
/// <param name="Settled">Numbers up to here, after <paramref name="Sent"/>, stay on the host.</param>
internal readonly record struct LaneNumbers(ulong Sent, ulong Settled)
{
    /// <summary>Of a lane that begins after a number.</summary>
    internal static LaneNumbers After(ulong last) => new(last, last);
}

/// <summary>Where the numbers of all lanes go on.</summary>
/// <param name="High">Of the high lane.</param>
/// <param name="Bulk">Of the bulk lane.</param>
/// <param name="UntilBootNs">A boot time before which no event got a later number than was sent; 0 = not known.</param>
internal readonly record struct LaneStart(LaneNumbers High, LaneNumbers Bulk, ulong UntilBootNs)
{
    /// <summary>Of a lane.</summary>
    internal LaneNumbers Of(Lane lane) => lane == Lane.High ? High : Bulk;

    /// <summary>Both lanes begin after that number, which is the time since boot in µs.</summary>
    internal static LaneStart After(ulong last) => new(LaneNumbers.After(last), LaneNumbers.After(last), last * 1000);
}
