namespace EdgeAgent.Options;

/// <summary>Which execs leave the host.</summary>
public enum ForwardExec
{
    /// <summary>All: process rules need them.</summary>
    All,

    /// <summary>Only those of watched programs.</summary>
    Watched,
}
