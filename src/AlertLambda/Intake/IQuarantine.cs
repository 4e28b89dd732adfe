using Wire.Codec;

namespace AlertLambda.Intake;

/// <summary>Keeps the bytes of records that are not frames, for people to look at and to replay.</summary>
public interface IQuarantine
{
    /// <summary>Keeps one record with its metadata. Keeping the same record twice is harmless.</summary>
    /// <exception cref="QuarantineException">The bytes could not be kept for now: the batch ends there, and the record is delivered again.</exception>
    Task KeepAsync(StreamRecord record, FrameError error, CancellationToken cancellationToken);
}
