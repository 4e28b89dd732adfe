using Wire.Model;

namespace AlertLambda.Intake;

/// <summary>A record that is a frame.</summary>
/// <param name="Index">Its place in the batch; negative = it is none of the batch, but read again.</param>
/// <param name="Record">As it came.</param>
/// <param name="Frame">What it says.</param>
public sealed record ReceivedFrame(int Index, StreamRecord Record, Frame Frame)
{
    /// <summary>Whether it was taken before, and its host's memory is made again.</summary>
    public bool IsAgain => Index < 0;

    /// <summary>What its evaluation counted; that of the last time, if it was evaluated anew.</summary>
    public BatchCounters Evaluation { get; private set; } = new();

    /// <summary>What was wrong with the function at it; null = nothing.</summary>
    public Wire.Codec.FrameError? Fault { get; set; }

    /// <summary>Begins its evaluation, for the first time or anew.</summary>
    public void Begin() => (Evaluation, Fault) = (new BatchCounters(), null);
}
