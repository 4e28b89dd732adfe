using System.Text.RegularExpressions;
using Wire.Text;

namespace AlertLambda.Options;

/// <summary>Reads <see cref="AlertOptions"/> from environment variables.</summary>
public static partial class AlertOptionsReader
{
    private const string EmailTopic = "ALERT_EMAIL_TOPIC_ARN";
    private const string ChatTopic = "ALERT_CHAT_TOPIC_ARN";
    private const string StateTable = "STATE_TABLE";
    private const string StreamName = "STREAM_NAME";
    private const string QuarantineBucket = "QUARANTINE_BUCKET";
    private const string TaskName = "FUNCTION_TASK";
    private const string FindingsTopic = "ALERT_FINDINGS_TOPIC_ARN";
    private const string RulesPath = "RULES_PATH";
    private const string TuningPath = "TUNING_PATH";
    private const string EnvironmentName = "ENVIRONMENT_NAME";
    private const string DefaultEnvironment = "default";

    /// <summary>The options, all checked.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <param name="baseFolder">Folder of the executable, absolute.</param>
    /// <exception cref="InvalidOptionsException">With every fault.</exception>
    public static AlertOptions Read(Func<string, string?> variable, string baseFolder)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var faults = new List<string>();
        var tuning = Path.GetFullPath(Given(variable, TuningPath) ?? "tuning.yaml", baseFolder);
        var options = new AlertOptions
        {
            EmailTopicArn = Topic(variable, EmailTopic, "e-mail", faults),
            ChatTopicArn = Topic(variable, ChatTopic, "chat", faults),
            StateTable = Table(variable, faults),
            StreamName = Stream(variable, faults),
            QuarantineBucket = Bucket(variable, faults),
            Task = Task(variable, faults),
            FindingsTopicArn = Given(variable, FindingsTopic) is null ? null : Topic(variable, FindingsTopic, "findings", faults),
            RulesPath = Path.GetFullPath(Given(variable, RulesPath) ?? "rules", baseFolder),
            EnvironmentName = Given(variable, EnvironmentName) ?? DefaultEnvironment,
            TuningPath = File.Exists(tuning) ? tuning : null,
        };
        if (options.EmailTopicArn.Length > 0 && options.EmailTopicArn == options.ChatTopicArn)
        {
            faults.Add($"{ChatTopic}: is the same topic as {EmailTopic}; each medium has its own text: write the ARN of a second topic");
        }

        if (options.FindingsTopicArn is { } findings && (findings == options.EmailTopicArn || findings == options.ChatTopicArn))
        {
            faults.Add($"{FindingsTopic}: is a topic for people; findings are JSON for programs: write the ARN of a third topic, or leave it out");
        }

        if (!Directory.Exists(options.RulesPath))
        {
            faults.Add($"{RulesPath}: no folder {Shown(options.RulesPath)}; write the folder that holds the rules (*.yml, *.yaml)");
        }

        if (options.TuningPath is null && Given(variable, TuningPath) is not null)
        {
            faults.Add($"{TuningPath}: no file {Shown(tuning)}; write the tuning file, or leave it out");
        }

        if (!EnvironmentForm().IsMatch(options.EnvironmentName))
        {
            faults.Add($"{EnvironmentName}: {Shown(options.EnvironmentName)} is not a name; write 1 to 64 letters, digits, dots, hyphens or underscores");
        }

        return faults.Count == 0 ? options : throw new InvalidOptionsException(faults);
    }

    private static string Topic(Func<string, string?> variable, string name, string medium, List<string> faults)
    {
        const string example = "arn:aws:sns:eu-west-1:123456789012:alerts";
        var arn = Given(variable, name);
        if (arn is null)
        {
            faults.Add($"{name}: not set; write the ARN of the topic for {medium} alerts, for example {example}");
            return "";
        }

        if (!TopicForm().IsMatch(arn))
        {
            faults.Add($"{name}: {Shown(arn)} is not the ARN of an SNS topic; write one such as {example}");
        }
        else if (arn.EndsWith(".fifo", StringComparison.Ordinal))
        {
            faults.Add($"{name}: {Shown(arn)} is a FIFO topic, which takes no such message; write the ARN of a standard topic");
        }

        return arn;
    }

    private static string Table(Func<string, string?> variable, List<string> faults)
    {
        var name = Given(variable, StateTable);
        if (name is null || !TableForm().IsMatch(name))
        {
            faults.Add(name is null
                ? $"{StateTable}: not set; write the name of the DynamoDB table that keeps correlation state, for example pipeline-state"
                : $"{StateTable}: {Shown(name)} is not the name of a table; write 3 to 255 letters, digits, dots, hyphens or underscores");
        }

        return name ?? "";
    }

    private static string? Stream(Func<string, string?> variable, List<string> faults)
    {
        var name = Given(variable, StreamName);
        if (name is not null && !StreamForm().IsMatch(name))
        {
            faults.Add($"{StreamName}: {Shown(name)} is not the name of a stream; write 1 to 128 letters, digits, dots, hyphens or underscores, or nothing");
        }

        return name;
    }

    private static string? Bucket(Func<string, string?> variable, List<string> faults)
    {
        var name = Given(variable, QuarantineBucket);
        if (name is not null && !BucketForm().IsMatch(name))
        {
            faults.Add($"{QuarantineBucket}: {Shown(name)} is not the name of a bucket; write 3 to 63 lower-case letters, digits, dots or hyphens, or nothing");
        }

        return name;
    }

    private static FunctionTask Task(Func<string, string?> variable, List<string> faults)
    {
        switch (Given(variable, TaskName))
        {
            case null or "stream":
                return FunctionTask.Stream;
            case "sweep":
                return FunctionTask.Sweep;
            case { } other:
                faults.Add($"{TaskName}: {Shown(other)} is no task; write stream, sweep or archive");
                return FunctionTask.Stream;
        }
    }

    private static string? Given(Func<string, string?> variable, string name) =>
        variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static string Shown(string value) => $"'{SafeText.Escape(value)}'";

    [GeneratedRegex(@"\Aarn:aws[a-z0-9-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?\z")]
    private static partial Regex TopicForm();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{3,255}\z")]
    private static partial Regex TableForm();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,128}\z")]
    private static partial Regex StreamForm();

    [GeneratedRegex(@"\A[a-z0-9.-]{3,63}\z")]
    private static partial Regex BucketForm();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex EnvironmentForm();
}
