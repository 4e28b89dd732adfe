namespace AlertLambda.Options;

/// <summary>What the function is told from outside, valid.</summary>
public sealed record AlertOptions
{
    /// <summary><c>ALERT_EMAIL_TOPIC_ARN</c>: ARN of the standard SNS topic with e-mail subscriptions. Required.</summary>
    public required string EmailTopicArn { get; init; }

    /// <summary><c>ALERT_CHAT_TOPIC_ARN</c>: ARN of the standard SNS topic of the Slack channel configuration. Required; another topic.</summary>
    public required string ChatTopicArn { get; init; }

    /// <summary><c>STATE_TABLE</c>: name of the DynamoDB table for correlation state and unsent alerts. Required.</summary>
    public required string StateTable { get; init; }

    /// <summary><c>STREAM_NAME</c>: name of the stream, for the sweep, which is not told it by a batch. Default: none, and the sweep looks after no shards.</summary>
    public string? StreamName { get; init; }

    /// <summary><c>QUARANTINE_BUCKET</c>: name of the S3 bucket for records that are not frames. Default: none, and they are log lines.</summary>
    public string? QuarantineBucket { get; init; }

    /// <summary><c>FUNCTION_TASK</c>: <c>stream</c>, to take batches of the stream, or <c>sweep</c>, to be called by a schedule. Default: <c>stream</c>.</summary>
    public FunctionTask Task { get; init; }

    /// <summary>
    /// <c>ALERT_FINDINGS_TOPIC_ARN</c>: ARN of the standard SNS topic for programs, which take incidents as OCSF. Another topic than the two.
    /// Default: null, no findings are written.
    /// </summary>
    public string? FindingsTopicArn { get; init; }

    /// <summary><c>RULES_PATH</c>: folder of the rule pack, absolute or from the executable's folder. Default: <c>rules</c>.</summary>
    public required string RulesPath { get; init; }

    /// <summary><c>ENVIRONMENT_NAME</c>: name of the deployment, 1 to 64 letters, digits, dots, hyphens, underscores. Default: <c>default</c>.</summary>
    public required string EnvironmentName { get; init; }

    /// <summary><c>TUNING_PATH</c>: the tuning file, absolute or from the executable's folder. Default: <c>tuning.yaml</c>, if it is there; null = none.</summary>
    public string? TuningPath { get; init; }
}
