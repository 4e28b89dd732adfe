using EndToEnd.Tests.Setup;

namespace EndToEnd.Tests.Alerts;

/// <summary>What an alert has to say, known from elsewhere than the path under test.</summary>
/// <param name="User">Who ran sudo.</param>
/// <param name="Leader">The process id of the leader of their session.</param>
/// <param name="Run">The run that alerts.</param>
/// <param name="HostId">The id that the agent was given.</param>
internal sealed record AlertTruth(ThrowAwayUser User, uint Leader, SudoRun Run, string HostId)
{
    /// <summary>The shipped rule.</summary>
    public const string RuleId = "61bf18c2-85c6-4aab-9316-47067d3efdd8";

    /// <summary>Its title.</summary>
    public const string RuleTitle = "sudo executed, then the password hashes opened";

    /// <summary>The name of this machine.</summary>
    public static string HostName => Environment.MachineName;

    /// <summary>Fails unless the time lies within the run.</summary>
    /// <remarks>Alerts cut to ms. Boot time and wall clock are read one after the other, and the wall clock is steered.</remarks>
    public void CheckTime(DateTimeOffset time) =>
        Assert.InRange(time, Run.Before - TimeSpan.FromMilliseconds(50), Run.After + TimeSpan.FromMilliseconds(50));
}
