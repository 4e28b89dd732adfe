namespace AlertLambda.Options;

/// <summary>What an instance of the function is for. The executable is the same.</summary>
public enum FunctionTask
{
    /// <summary>Takes batches of the stream.</summary>
    Stream = 0,

    /// <summary>Sweeps the table, called by a schedule.</summary>
    Sweep = 1,
}
