namespace Cdk.Tests.Bootstrap.Guest;

/// <summary>One step of steps.sh, as it went in the guest.</summary>
/// <param name="Output">What it said.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Seconds">How long it took, on the guest's clock.</param>
internal sealed record GuestStep(string Output, int ExitCode, int Seconds)
{
    private const string Begin = "@@ ";
    private const string End = "@= ";

    /// <summary>The rest of the one line that begins so.</summary>
    internal string After(string prefix) =>
        Assert.Single(Output.Split('\n'), line => line.StartsWith(prefix, StringComparison.Ordinal))[prefix.Length..].Trim();

    /// <summary>The steps in what a boot printed; one that did not end is not among them.</summary>
    internal static Dictionary<string, GuestStep> Read(string output)
    {
        var steps = new Dictionary<string, GuestStep>(StringComparer.Ordinal);
        string? name = null;
        var lines = new List<string>();
        foreach (var line in output.Split('\n'))
        {
            if (line.StartsWith(Begin, StringComparison.Ordinal))
            {
                name = line[Begin.Length..];
                lines.Clear();
            }
            else if (line.StartsWith(End, StringComparison.Ordinal) && name is not null)
            {
                var numbers = line[End.Length..].Split(' ').Select(int.Parse).ToArray();
                steps[name] = new GuestStep(string.Join('\n', lines), numbers[0], numbers[1]);
                name = null;
            }
            else
            {
                lines.Add(line);
            }
        }

        return steps;
    }
}
