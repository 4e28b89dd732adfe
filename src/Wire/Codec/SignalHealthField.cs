namespace Wire.Codec;

/// <summary>Field ids of <see cref="Model.SignalHealth"/>. Never reuse one. Absent = empty, 0.</summary>
internal static class SignalHealthField
{
    /// <summary>Text: <see cref="Model.SignalHealth.Signal"/>.</summary>
    public const uint Signal = 1;

    /// <summary>Text: <see cref="Model.SignalHealth.Backend"/>.</summary>
    public const uint Backend = 2;

    /// <summary>Number: <see cref="Model.SignalHealth.Trust"/>.</summary>
    public const uint Trust = 3;

    /// <summary>Number: <see cref="Model.SignalHealth.TestedBootNs"/>.</summary>
    public const uint Tested = 4;
}
