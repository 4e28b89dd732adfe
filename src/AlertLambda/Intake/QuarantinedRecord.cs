using Wire.Codec;

namespace AlertLambda.Intake;

/// <summary>A record that was set aside.</summary>
/// <param name="Record">As it came. Valid for the invocation.</param>
/// <param name="Error">What is wrong with it, or with the function at it.</param>
public sealed record QuarantinedRecord(StreamRecord Record, FrameError Error);
