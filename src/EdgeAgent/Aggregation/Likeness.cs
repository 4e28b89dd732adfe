using System.IO.Hashing;
using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using Wire.Model;

namespace EdgeAgent.Aggregation;

/// <summary>When two kernel records are alike: they differ in nothing but number, time, thread and CPU. Thread-safe.</summary>
internal static class Likeness
{
    /// <summary>Longest record that is compared; a longer one is like no other.</summary>
    internal const int LongestRecord = 1024;

    // Version, kind and size; then number, time and CPU; then lane, origin and process; then the thread.
    private const int FrontEnd = 8;
    private const int MiddleStart = 28;
    private const int MiddleEnd = 36;
    private const int RestStart = 40;
    private static readonly long Seed = Random.Shared.NextInt64();

    /// <summary>
    /// True when records like this one may be told as one. Those of a process's life change what is known of processes, and those of high
    /// value are told each.
    /// </summary>
    internal static bool CanBeLike(ReadOnlySpan<byte> record) =>
        record.Length is > RestStart and <= LongestRecord
        && MemoryMarshal.Read<EdgeHeader>(record) is
        {
            Version: KernelContract.Version, Lane: (ushort)Lane.Bulk, Sequence: not 0,
            Kind: (ushort)EventKind.Connect or (ushort)EventKind.Send or (ushort)EventKind.Call,
        };

    /// <summary>The same for records that are alike; for others nearly always another, which nobody outside can foresee.</summary>
    internal static ulong Hash(ReadOnlySpan<byte> record) =>
        XxHash3.HashToUInt64(record[RestStart..], Seed ^ MemoryMarshal.Read<long>(record) ^ (MemoryMarshal.Read<long>(record[MiddleStart..]) * 31));

    /// <summary>True when they are alike.</summary>
    internal static bool AreAlike(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one.Length == other.Length
        && one[RestStart..].SequenceEqual(other[RestStart..])
        && one[..FrontEnd].SequenceEqual(other[..FrontEnd])
        && one[MiddleStart..MiddleEnd].SequenceEqual(other[MiddleStart..MiddleEnd]);
}
