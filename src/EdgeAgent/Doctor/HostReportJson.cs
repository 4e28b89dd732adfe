using System.Text.Json;
using EdgeAgent.Probes;

namespace EdgeAgent.Doctor;

/// <summary>The report for programs: one JSON object. What is not known is null.</summary>
internal static class HostReportJson
{
    private static readonly JsonWriterOptions Form = new() { Indented = true };

    internal static void Write(HostReport report, Stream output)
    {
        using var json = new Utf8JsonWriter(output, Form);
        json.WriteStartObject();
        json.WriteBoolean("fit", report.IsFit);
        json.WriteString("kernel", report.Kernel);
        json.WriteBoolean("btf", report.HasBtf);
        WriteFlag("preemption", report.Preemption);
        json.WriteString("lockdown", report.Lockdown.Length > 0 ? report.Lockdown : null);
        WriteList("securityModules", report.SecurityModules.Split(',', StringSplitOptions.RemoveEmptyEntries));
        json.WriteString("cgroup2", report.CgroupMount);
        json.WriteString("tracefs", report.TracefsMount);
        json.WriteString("probesSha256", report.ProbesHash);
        WriteList("missingCapabilities", report.MissingCapabilities.Select(capability => capability.ToString()));
        WriteList("missing", report.Missing);
        json.WriteStartArray("pins");
        foreach (var pin in report.Pins)
        {
            json.WriteStartObject();
            json.WriteString("folder", pin.Folder);
            json.WriteString("state", pin.State);
            json.WriteNumber("maps", pin.Maps);
            json.WriteNumber("programs", pin.Programs);
            json.WriteNumber("links", pin.Links);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("signals");
        foreach (var choice in report.Choices)
        {
            Write(choice);
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void WriteFlag(string name, bool? flag)
        {
            if (flag is { } known)
            {
                json.WriteBoolean(name, known);
            }
            else
            {
                json.WriteNull(name);
            }
        }

        void WriteList(string name, IEnumerable<string> items)
        {
            json.WriteStartArray(name);
            foreach (var item in items)
            {
                json.WriteStringValue(item);
            }

            json.WriteEndArray();
        }

        void Write(BackendChoice choice)
        {
            json.WriteStartObject();
            json.WriteString("signal", Backend.TextOf(choice.Signal));
            json.WriteString("used", choice.Chosen?.Name);
            json.WriteStartArray("probes");
            foreach (var trial in choice.Trials)
            {
                json.WriteStartObject();
                json.WriteString("name", trial.Backend.Name);
                json.WriteString("result", HostReport.ResultOf(choice, trial));
                json.WriteString("reason", trial.Reason);
                json.WriteString("log", trial.Log);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
