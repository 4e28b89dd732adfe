using Wire.Model;

namespace AlertLambda.Intake;

/// <summary>A record that is a frame.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Record">As it came.</param>
/// <param name="Frame">What it says.</param>
public sealed record ReceivedFrame(int Index, StreamRecord Record, Frame Frame)
{
    /// <summary>What its evaluation counted; that of the last time, if it was evaluated anew.</summary>
    public BatchCounters Evaluation { get; private set; } = new();

    /// <summary>What was wrong with the function at it; null = nothing.</summary>
    public Wire.Codec.FrameError? Fault { get; set; }

    /// <summary>Begins its evaluation, for the first time or anew.</summary>
    public void Begin() => (Evaluation, Fault) = (new BatchCounters(), null);
}
