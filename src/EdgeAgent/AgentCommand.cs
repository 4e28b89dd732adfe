using System.Collections;
using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using EdgeAgent.Delivery;
using EdgeAgent.Doctor;
using EdgeAgent.Health;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using EdgeAgent.Start;
using Wire.Text;

namespace EdgeAgent;

/// <summary>The command <c>edge-agent</c>: reads options, runs the pipeline until SIGINT or SIGTERM; SIGHUP reads the options anew. Messages go to standard error.</summary>
public static class AgentCommand
{
    /// <summary>Ended as asked, everything delivered.</summary>
    public const int Done = 0;

    /// <summary>Ended as asked, but a sink did not take everything (dropped, refused, or not in time), or the probes cannot run here.</summary>
    public const int Failed = 1;

    /// <summary>The configuration is wrong (EX_CONFIG of sysexits.h).</summary>
    public const int BadConfiguration = 78;

    /// <summary>Runs the command.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var messages = new MessageWriter("edge-agent", StandardStream.Error());
        try
        {
            return await RunAsync(args, messages);
        }
        finally
        {
            messages.End();
        }
    }

    private static async Task<int> RunAsync(string[] args, MessageWriter messages)
    {
        Action<string> report = messages.Report;
        if (OpenSsl.Missing() is { } missing)
        {
            report(missing);
            return Failed;
        }

        var config = new Option<string?>("--config") { Description = "JSON file with options" };
        var options = OptionTable.All.ToDictionary(
            d => d,
            d => new Option<string[]>(d.CommandLineName)
            {
                Description = $"{d.Description} ({d.Form}) [{d.Key}, {d.EnvironmentName}]",
                HelpName = "value",
                AllowMultipleArgumentsPerToken = false,
            });
        var root = new RootCommand(
            "Watches this host through eBPF and ships what it sees. Options come from --config, then the environment, then the command line.");
        root.Subcommands.Add(DoctorCommand.Create(report));
        root.Subcommands.Add(StopCommand.Create(report));
        root.Subcommands.Add(StatusCommand.Create(report));
        root.Options.Add(config);
        foreach (var option in options.Values)
        {
            root.Options.Add(option);
        }

        root.SetAction((parsed, cancellation) => StartAsync(
            Read(parsed, out _), new OptionsReload(() => (Read(parsed, out var wrong), wrong), report), messages));
        var parsedLine = root.Parse(args);
        var faults = parsedLine.Errors.Select(error => $"command line: {error.Message}; edge-agent --help lists the options").ToList();
        if (parsedLine.Action is not HelpAction && !root.Options.OfType<VersionOption>().Any(o => parsedLine.GetResult(o) is { Implicit: false }))
        {
            Read(parsedLine, out var wrong);
            faults.AddRange(wrong.Select(fault => fault.ToString()));
        }

        if (faults.Count > 0)
        {
            faults.ForEach(report);
            return BadConfiguration;
        }

        // Signals are ours: the pipeline flushes before it ends.
        return await parsedLine.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

        AgentOptions Read(ParseResult parsed, out IReadOnlyList<OptionFault> wrong)
        {
            var given = options
                .Where(o => parsed.GetResult(o.Value) is { Errors: var errors } && !errors.Any())
                .Select(o => (o.Key, new OptionValue(
                    "command line", o.Key.CommandLineName, [.. parsed.GetValue(o.Value)!.SelectMany(OptionsReader.SplitList)],
                    Environment.CurrentDirectory)));
            return OptionsReader.Read(parsed.GetValue(config), EnvironmentVariables(), given, out wrong);
        }
    }

    private static async Task<int> StartAsync(AgentOptions options, OptionsReload reload, MessageWriter messages)
    {
        try
        {
            var handles = AgentStart.HandedOver();
            if (handles is null)
            {
                SinkFactory.Check(options);
                AgentStart.LoadAndBegin(options, messages.Report, messages.Flush);
            }

            return await RunPipelineAsync(options, reload, handles, messages.Report);
        }
        catch (Exception e) when (e is ProbeException or LibBpfException)
        {
            messages.Report(e.Message);
            return Failed;
        }
        catch (SinkException e)
        {
            messages.Report(e.Message);
            return BadConfiguration;
        }
    }

    private static async Task<int> RunPipelineAsync(AgentOptions options, OptionsReload reload, KernelHandles handles, Action<string> report)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, ReadAnew);
        foreach (var remark in options.Remarks)
        {
            report(remark);
        }

        var sinks = new List<IRecordSink>();
        try
        {
            sinks.AddRange(options.Sinks.Select(kind => SinkFactory.Create(kind, options)));
            using var spool = SinkFactory.CreateSpool(options, report);
            using var service = ServiceManager.Find(EnvironmentVariables(), TimeProvider.System, report);
            var health = new HealthSource(options);
            await using var endpoints = HealthEndpoints.Open(options, health.Read, report);
            var pipeline = new AgentPipeline(options, sinks, report, reload) { Handles = handles, DiskSpool = spool, Health = health, Service = service };
            var done = await pipeline.RunAsync(
                host => report($"ready: host {SafeText.Escape(host.HostId)}, boot {host.BootId}"), stop.Token);
            report($"stopped: {done}");
            return done.AllDelivered ? Done : Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Done;
        }
        finally
        {
            foreach (var sink in sinks.OfType<IDisposable>())
            {
                sink.Dispose();
            }
        }

        void ReadAnew(PosixSignalContext context)
        {
            context.Cancel = true;
            reload.Ask();
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>The variables of this process.</summary>
    internal static Dictionary<string, string> EnvironmentVariables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "");
}
