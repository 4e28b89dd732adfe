namespace Wire.Model;

/// <summary>What the self-test of this life found of a signal's hooks. Numbers are part of the wire format; unknown ones are kept.</summary>
public enum HookTrust : byte
{
    /// <summary>Not tested yet, or this host has nothing to set them off with.</summary>
    Unproven = 0,

    /// <summary>The last test passed: all that were set off reported.</summary>
    Proven = 1,

    /// <summary>The last test failed: some did not report.</summary>
    Partial = 2,

    /// <summary>The last test failed: none reported.</summary>
    Silent = 3,
}
