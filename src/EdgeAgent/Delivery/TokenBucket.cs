namespace EdgeAgent.Delivery;

/// <summary>Lets so many bytes a second pass, and as many at once after a rest as one record may have: a host must leave room for others of its shard.</summary>
/// <remarks>Whoever takes more than is there goes into debt, and the next waits for it. One thread only.</remarks>
/// <param name="bytesPerSecond">More than 0.</param>
/// <param name="time">Clock.</param>
internal sealed class TokenBucket(long bytesPerSecond, TimeProvider time)
{
    /// <summary>Bytes that may pass at once after a rest.</summary>
    internal const long Burst = 1024 * 1024;

    private double _bytes = Burst;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Takes that many.</summary>
    /// <returns>How long to wait before they are used.</returns>
    internal TimeSpan Take(long bytes)
    {
        var now = time.GetTimestamp();
        _bytes = Math.Min(Burst, _bytes + (time.GetElapsedTime(_filledAt, now).TotalSeconds * bytesPerSecond));
        _filledAt = now;
        var wait = _bytes >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_bytes / bytesPerSecond);
        _bytes -= bytes;
        return wait;
    }
}
