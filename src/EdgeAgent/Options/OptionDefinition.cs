using System.Text;

namespace EdgeAgent.Options;

/// <summary>One option: its names in all sources, and what its value does to the options.</summary>
/// <param name="Key">Dotted JSON key, for example <c>kinesis.streamName</c>.</param>
/// <param name="Form">What to write, for people.</param>
/// <param name="Description">What it does.</param>
/// <param name="Apply">Gives the changed options, or throws <see cref="FormatException"/> with what is wrong.</param>
internal sealed record OptionDefinition(
    string Key, string Form, string Description, Func<AgentOptions, OptionValue, AgentOptions> Apply)
{
    internal const string EnvironmentPrefix = "EDGE_AGENT_";

    /// <summary>For example <c>EDGE_AGENT_KINESIS_STREAM_NAME</c>.</summary>
    internal string EnvironmentName => EnvironmentPrefix + Words('_').ToUpperInvariant();

    /// <summary>For example <c>--kinesis-stream-name</c>.</summary>
    internal string CommandLineName => "--" + Words('-');

    /// <summary>The key in words; the unit KiB is one word.</summary>
    private string Words(char separator)
    {
        var words = new StringBuilder();
        for (var i = 0; i < Key.Length; i++)
        {
            var begins = char.IsUpper(Key[i]) && !Key.AsSpan(0, i).EndsWith("Ki");
            if (begins)
            {
                words.Append(separator);
            }

            words.Append(Key[i] == '.' ? separator : char.ToLowerInvariant(Key[i]));
        }

        return words.ToString();
    }
}
