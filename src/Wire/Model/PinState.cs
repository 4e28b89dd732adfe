namespace Wire.Model;

/// <summary>Whether probes outlive the agent. Numbers are part of the wire format; unknown ones are kept.</summary>
public enum PinState : byte
{
    /// <summary>They end with it.</summary>
    Off = 0,

    /// <summary>They outlive it, and this life loaded them: there were none that it could go on with.</summary>
    New = 1,

    /// <summary>They outlive it, and are those of the life before.</summary>
    Adopted = 2,

    /// <summary>They outlive it, and this life loaded them upon the rings of the life before.</summary>
    TakenOver = 3,
}
