namespace Wire.Model;

/// <summary>Where a sink's backlog waits. Numbers are part of the wire format; unknown ones are kept.</summary>
public enum SpoolState : byte
{
    /// <summary>In memory, as configured.</summary>
    None = 0,

    /// <summary>On disk.</summary>
    Disk = 1,

    /// <summary>In memory, because the disk refuses: a killed agent loses it.</summary>
    Memory = 2,
}
