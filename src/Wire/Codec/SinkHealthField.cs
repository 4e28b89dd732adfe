namespace Wire.Codec;

/// <summary>Field ids of <see cref="Model.SinkHealth"/>. Never reuse one. Numbers unless said otherwise; absent = 0, empty.</summary>
internal static class SinkHealthField
{
    /// <summary>Text: <see cref="Model.SinkHealth.Name"/>.</summary>
    public const uint Name = 1;

    /// <summary>Text: <see cref="Model.SinkHealth.Trouble"/>.</summary>
    public const uint Trouble = 2;

    /// <summary><see cref="Model.SinkHealth.SinceBootNs"/>.</summary>
    public const uint Since = 3;

    /// <summary><see cref="Model.SinkHealth.Delivered"/>.</summary>
    public const uint Delivered = 4;

    /// <summary><see cref="Model.SinkHealth.Dropped"/>.</summary>
    public const uint Dropped = 5;

    /// <summary><see cref="Model.SinkHealth.BacklogBytes"/>.</summary>
    public const uint BacklogBytes = 6;

    /// <summary><see cref="Model.SinkHealth.BacklogFrames"/>.</summary>
    public const uint BacklogFrames = 7;

    /// <summary><see cref="Model.SinkHealth.OldestMs"/>.</summary>
    public const uint Oldest = 8;

    /// <summary><see cref="Model.SinkHealth.Spool"/>.</summary>
    public const uint Spool = 9;
}
