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

    private string Words(char separator)
    {
        var words = new StringBuilder();
        foreach (var c in Key)
        {
            if (char.IsUpper(c))
            {
                words.Append(separator);
            }

            words.Append(c == '.' ? separator : char.ToLowerInvariant(c));
        }

        return words.ToString();
    }
}
