namespace Benchmarks.Cost;

/// <summary>What a run counted.</summary>
internal sealed class CostCounts
{
    /// <summary>Frames put.</summary>
    public long Puts { get; set; }

    /// <summary>Their bytes.</summary>
    public long PutBytes { get; set; }

    /// <summary>Units of 25 KB in them.</summary>
    public long PutUnits { get; set; }

    /// <summary>Calls of the function.</summary>
    public long Invocations { get; set; }

    /// <summary>How long they took, ms, each rounded up.</summary>
    public long FunctionMs { get; set; }

    /// <summary>Calls of the sweep.</summary>
    public long Sweeps { get; set; }

    /// <summary>How long they took, ms, each rounded up.</summary>
    public long SweepMs { get; set; }

    /// <summary>Bytes of log, with what CloudWatch adds to a line.</summary>
    public long LogBytes { get; set; }

    /// <summary>Metrics that were written, each once.</summary>
    public int Metrics { get; set; }
}
