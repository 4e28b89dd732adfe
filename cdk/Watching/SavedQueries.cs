using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Cdk.Watching;

/// <summary>Questions to the logs of the functions, saved in Logs Insights below the name of the deployment.</summary>
public sealed class SavedQueries : Construct
{
    /// <summary>Creates the queries.</summary>
    public SavedQueries(Construct scope, string id, WatchedParts parts)
        : base(scope, id)
    {
        string[] both = [parts.Detection.Logs.LogGroupName, parts.Sweep.Logs.LogGroupName];
        Save("Told", "alerts/what people were told", both,
            """
            fields @timestamp, medium, rule, host, incident, brief
            | filter event = "alert-published"
            | sort @timestamp desc
            """);
        Save("NotTold", "alerts/what was not published, and why", both,
            """
            fields @timestamp, event, medium, rule, host, incident, failure, reason
            | filter event in ["alert-not-published", "alert-dropped", "alert-not-marked", "summed-up"]
            | sort @timestamp desc
            """);
        Save("Noisy", "alerts/rules and hosts that alert most", both,
            """
            filter event = "alert-published" and medium = "Email"
            | stats count(*) as mails by rule, host
            | sort mails desc
            """);
        Save("Findings", "health/findings about the telemetry", both,
            """
            fields @timestamp, kind, host, over, facts.0, facts.1, facts.2
            | filter event = "finding"
            | sort @timestamp desc
            """);
        Save("Silent", "health/silent hosts", [parts.Sweep.Logs.LogGroupName],
            """
            fields @timestamp, host, name, lastSeen
            | filter event = "host-silent"
            | sort @timestamp desc
            """);
        Save("SetAside", "health/records in quarantine", [parts.Detection.Logs.LogGroupName],
            """
            fields @timestamp, event, partitionKey, error, message, bucket, key
            | filter event in ["quarantine", "quarantine-refused"]
            | sort @timestamp desc
            """);
        Save("Stopped", "health/batches that ended early, and why", both,
            """
            fields @timestamp, event, stopped, stoppedAt, fault
            | filter ispresent(fault) or ispresent(stopped)
            | sort @timestamp desc
            """);
        Save("Errors", "health/every error", both,
            """
            fields @timestamp, event, @message
            | filter level = "error" or @message like /Unhandled exception|Task timed out/
            | sort @timestamp desc
            """);
        Save("Rules", "rules/loaded and refused", [parts.Detection.Logs.LogGroupName],
            """
            fields @timestamp, event, rules, correlations, refused, file, line, reason
            | filter event in ["rules-loaded", "rule-refused"]
            | sort @timestamp desc
            """);
        Save("Load", "load/events and time by five minutes", [parts.Detection.Logs.LogGroupName],
            """
            filter event = "invocation"
            | stats sum(events) as events, sum(frames) as frames, sum(itemsWritten) as written, count(*) as calls by bin(5m)
            """);

        void Save(string name, string title, string[] groups, string query) => new CfnQueryDefinition(this, name, new CfnQueryDefinitionProps
        {
            Name = $"edge-pipeline-{parts.EnvironmentName}/{title}",
            LogGroupNames = groups,
            QueryString = query,
        });
    }
}
