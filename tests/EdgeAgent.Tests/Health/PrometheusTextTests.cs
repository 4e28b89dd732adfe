using System.Text;
using System.Text.RegularExpressions;
using EdgeAgent.Health;
using Wire.Model;

namespace EdgeAgent.Tests.Health;

/// <summary>The text is as the format of Prometheus wants it.</summary>
public sealed class PrometheusTextTests
{
    [Fact]
    public void Text_of_an_agent_that_is_well() => Assert.Equal(
        """
        # HELP edge_agent_info The agent that runs: always 1.
        # TYPE edge_agent_info gauge
        edge_agent_info{version="1.2.3",config="00ff",watch="a1",pins="adopted"} 1
        # HELP edge_agent_healthy 1 when nothing is wrong now, else 0.
        # TYPE edge_agent_healthy gauge
        edge_agent_healthy 1
        # HELP edge_agent_uptime_seconds How long the agent has run.
        # TYPE edge_agent_uptime_seconds gauge
        edge_agent_uptime_seconds 300
        # HELP edge_agent_intake_idle_seconds How long the intake has not gone round.
        # TYPE edge_agent_intake_idle_seconds gauge
        edge_agent_intake_idle_seconds 0.04
        # HELP edge_agent_events_total Events that the kernel reported and the agent understood.
        # TYPE edge_agent_events_total counter
        edge_agent_events_total 1000000
        # HELP edge_agent_events_filtered_total Of these, events that stayed on the host by configuration.
        # TYPE edge_agent_events_filtered_total counter
        edge_agent_events_filtered_total 900000
        # HELP edge_agent_events_repeated_total Of these, events of floods that one like them stands for.
        # TYPE edge_agent_events_repeated_total counter
        edge_agent_events_repeated_total 50000
        # HELP edge_agent_records_unparsed_total Kernel records that the agent did not understand.
        # TYPE edge_agent_records_unparsed_total counter
        edge_agent_records_unparsed_total 1
        # HELP edge_agent_records_lost_total Kernel records that found no space in a ring buffer.
        # TYPE edge_agent_records_lost_total counter
        edge_agent_records_lost_total{lane="high"} 0
        edge_agent_records_lost_total{lane="bulk"} 77
        # HELP edge_agent_records_lost_of_kind_total The same by kind of event; kinds of which none was lost are left out.
        # TYPE edge_agent_records_lost_of_kind_total counter
        edge_agent_records_lost_of_kind_total{lane="bulk",kind="connect"} 70
        edge_agent_records_lost_of_kind_total{lane="bulk",kind="call"} 7
        # HELP edge_agent_evictions_total What was forgotten because there was too much of it.
        # TYPE edge_agent_evictions_total counter
        edge_agent_evictions_total{table="processes"} 5
        edge_agent_evictions_total{table="arguments"} 4
        edge_agent_evictions_total{table="files"} 6
        # HELP edge_agent_probe_working 0 when the last self-test of a signal's probes failed, else 1.
        # TYPE edge_agent_probe_working gauge
        edge_agent_probe_working{signal="file-open",backend="fexit"} 1
        edge_agent_probe_working{signal="network",backend="cgroup"} 1
        # HELP edge_agent_probe_test_age_seconds How long ago a signal's probes were tested.
        # TYPE edge_agent_probe_test_age_seconds gauge
        edge_agent_probe_test_age_seconds{signal="file-open",backend="fexit"} 60
        # HELP edge_agent_sink_working 0 while a sink does not take what it is given, else 1.
        # TYPE edge_agent_sink_working gauge
        edge_agent_sink_working{sink="kinesis stream edge"} 1
        edge_agent_sink_working{sink="console"} 1
        # HELP edge_agent_sink_delivered_total Events that a sink took.
        # TYPE edge_agent_sink_delivered_total counter
        edge_agent_sink_delivered_total{sink="kinesis stream edge"} 40000
        edge_agent_sink_delivered_total{sink="console"} 7
        # HELP edge_agent_sink_dropped_total Events that were dropped before a sink took them.
        # TYPE edge_agent_sink_dropped_total counter
        edge_agent_sink_dropped_total{sink="kinesis stream edge"} 12
        edge_agent_sink_dropped_total{sink="console"} 0
        # HELP edge_agent_sink_backlog_size_bytes Frames that wait for a sink.
        # TYPE edge_agent_sink_backlog_size_bytes gauge
        edge_agent_sink_backlog_size_bytes{sink="kinesis stream edge"} 2050
        edge_agent_sink_backlog_size_bytes{sink="console"} 0
        # HELP edge_agent_sink_backlog_frames Frames that wait for a sink.
        # TYPE edge_agent_sink_backlog_frames gauge
        edge_agent_sink_backlog_frames{sink="kinesis stream edge"} 3
        edge_agent_sink_backlog_frames{sink="console"} 0
        # HELP edge_agent_sink_backlog_age_seconds How long the oldest frame has waited for a sink.
        # TYPE edge_agent_sink_backlog_age_seconds gauge
        edge_agent_sink_backlog_age_seconds{sink="kinesis stream edge"} 1.5
        edge_agent_sink_backlog_age_seconds{sink="console"} 0
        # HELP edge_agent_spool_working 0 while what waits for a sink waits in memory because the disk refuses, else 1.
        # TYPE edge_agent_spool_working gauge
        edge_agent_spool_working{sink="kinesis stream edge"} 1

        """,
        Encoding.UTF8.GetString(PrometheusText.Write(SomeHealth.Well)));

    [Fact]
    public void Every_line_is_a_comment_or_a_sample_whatever_stands_in_the_labels()
    {
        var nasty = SomeHealth.Ill with
        {
            Beat = SomeHealth.Ill.Beat with { AgentVersion = "a\"b\\c\nd\u001b[31m\ud800", Sinks = [new SinkHealth { Name = "x\"} 1\ny 2", Trouble = "t" }] },
        };
        var text = Encoding.UTF8.GetString(PrometheusText.Write(nasty));
        const string Label = @"[a-z_]+=""(?:[^""\\\n]|\\[\\""n])*""";
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(
            new Regex($"^(?:# HELP [a-z_]+ .+|# TYPE [a-z_]+ (?:counter|gauge)|[a-z_]+(?:\\{{{Label}(?:,{Label})*\\}})? [0-9.E+-]+)$"), line));
        Assert.Contains("""version="a\"b\\\\c\\x0ad\\x1b[31m""", text, StringComparison.Ordinal);
        Assert.Contains("edge_agent_sink_working{sink=\"x\\\"} 1\\\\x0ay 2\"} 0\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => c is < ' ' and not '\n' or > '~');
    }

    [Fact]
    public void Names_are_told_once_and_counters_end_as_counters_must()
    {
        Assert.Equal(HealthMetrics.All.Count, HealthMetrics.All.Select(metric => metric.PrometheusName).Distinct().Count());
        Assert.All(HealthMetrics.All, metric => Assert.Equal(metric.IsCounter, metric.PrometheusName.EndsWith("_total", StringComparison.Ordinal)));
    }
}
