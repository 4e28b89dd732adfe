namespace Detection.Correlation.Telemetry;

/// <summary>A digest of numbers, to see whether they changed; within one process only.</summary>
internal struct ShapeHash
{
    private ulong _value;

    /// <summary>The digest.</summary>
    public readonly ulong Value => _value;

    /// <summary>Adds a number.</summary>
    public void Add(ulong number)
    {
        _value = (_value ^ number) * 0x9E3779B97F4A7C15;
        _value ^= _value >> 29;
    }

    /// <summary>Adds a time.</summary>
    public void Add(long number) => Add((ulong)number);
}
