namespace Wire.Codec;

/// <summary>Field ids of the frame itself. Never reuse one. All since format version 1.</summary>
/// <remarks>
/// Fields stand in ascending order and a table stands before what refers to it; hence the room for tables below
/// <see cref="Events"/>.
/// </remarks>
internal static class FrameField
{
    /// <summary>Block: <see cref="Model.HostIdentity.HostId"/>. Required.</summary>
    public const uint HostId = 1;

    /// <summary>Block of 16 bytes, in the order they are printed: <see cref="Model.HostIdentity.BootId"/>. Required.</summary>
    public const uint BootId = 2;

    /// <summary>Block: <see cref="Model.HostIdentity.HostName"/>. Absent = empty.</summary>
    public const uint HostName = 3;

    /// <summary>Block of fields, <see cref="CloudField"/>. Absent = not in EC2.</summary>
    public const uint Cloud = 4;

    /// <summary>Number: <see cref="Model.Lane"/>. Required.</summary>
    public const uint Lane = 5;

    /// <summary>Number, at least 1: first number of the range. Required.</summary>
    public const uint RangeFirst = 6;

    /// <summary>Number: how many numbers the range has; 0 = empty. Required.</summary>
    public const uint RangeCount = 7;

    /// <summary>Signed number: <see cref="Model.Frame.BootTimeUnixNs"/>. Required.</summary>
    public const uint BootTime = 8;

    /// <summary>Block: count, then per range the gap since the end of the one before, count - 1, cause. Absent = none.</summary>
    public const uint Lost = 9;

    /// <summary>
    /// Block: count, then each string: length of its own bytes × 2, + 1 if it begins like an earlier one (then: how many entries
    /// back that stands, and how many bytes they share), own bytes. Absent = none.
    /// </summary>
    public const uint Strings = 10;

    /// <summary>Block: count, then each actor as length and fields, <see cref="ActorField"/>. Absent = none.</summary>
    public const uint Actors = 11;

    /// <summary>Block: count, then each file as length and fields, <see cref="FileField"/>. Absent = none.</summary>
    public const uint Files = 12;

    /// <summary>Block: count, then each process as length and fields, <see cref="ProcessField"/>. Absent = none.</summary>
    public const uint Processes = 13;

    /// <summary>Block: count, then each event as kind, length, four numbers and fields, <see cref="EventField"/>. Required.</summary>
    public const uint Events = 30;

    /// <summary>
    /// Block: count, then each <see cref="Model.LaneProgress"/> as lane, number and ns since boot, by ascending lane. Absent = none.
    /// </summary>
    public const uint Progress = 31;

    /// <summary>Block of fields, <see cref="HeartbeatField"/>. Absent = nothing is said.</summary>
    public const uint Heartbeat = 32;

    /// <summary>Block of 16 bytes: <see cref="Model.Frame.Previous"/>. Added when the frame is sent, after all other fields. Absent = start of a chain.</summary>
    public const uint Previous = 63;
}
