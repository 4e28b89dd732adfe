namespace Wire.Codec;

/// <summary>Field ids of <see cref="Model.Heartbeat"/>. Never reuse one. Numbers unless said otherwise; absent = 0, empty, none.</summary>
internal static class HeartbeatField
{
    /// <summary><see cref="Model.Heartbeat.TakenBootNs"/>.</summary>
    public const uint Taken = 1;

    /// <summary><see cref="Model.Heartbeat.UptimeNs"/>.</summary>
    public const uint Uptime = 2;

    /// <summary>Text: <see cref="Model.Heartbeat.AgentVersion"/>.</summary>
    public const uint AgentVersion = 3;

    /// <summary>Block of at most 32 bytes: <see cref="Model.Heartbeat.ConfigHash"/>.</summary>
    public const uint ConfigHash = 4;

    /// <summary>Block of at most 32 bytes: <see cref="Model.Heartbeat.WatchHash"/>.</summary>
    public const uint WatchHash = 5;

    /// <summary><see cref="Model.Heartbeat.Pins"/>.</summary>
    public const uint Pins = 6;

    /// <summary><see cref="Model.AgentTotals.Events"/>.</summary>
    public const uint Events = 7;

    /// <summary><see cref="Model.AgentTotals.Filtered"/>.</summary>
    public const uint Filtered = 8;

    /// <summary><see cref="Model.AgentTotals.Repeated"/>.</summary>
    public const uint Repeated = 9;

    /// <summary><see cref="Model.AgentTotals.Unparsed"/>.</summary>
    public const uint Unparsed = 10;

    /// <summary>Table of numbers: <see cref="Model.AgentTotals.LostInKernel"/>.</summary>
    public const uint LostInKernel = 11;

    /// <summary><see cref="Model.AgentTotals.ProcessEvictions"/>.</summary>
    public const uint ProcessEvictions = 12;

    /// <summary><see cref="Model.AgentTotals.MapEvictions"/>.</summary>
    public const uint MapEvictions = 13;

    /// <summary>Table, each a block of fields, <see cref="SinkHealthField"/>.</summary>
    public const uint Sinks = 14;

    /// <summary>Table, each a block of fields, <see cref="SignalHealthField"/>.</summary>
    public const uint Signals = 15;
}
