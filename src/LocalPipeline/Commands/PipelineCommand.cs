using System.CommandLine;
using AlertLambda.Options;
using EdgeAgent.Doctor;
using EdgeAgent.Probes;

namespace LocalPipeline.Commands;

/// <summary>The command <c>pipeline</c>: everything on one machine, without AWS.</summary>
public static class PipelineCommand
{
    /// <summary>All went as asked.</summary>
    public const int Done = 0;

    /// <summary>Something did not; the message says what.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong (EX_CONFIG of sysexits.h).</summary>
    public const int BadConfiguration = 78;

    /// <summary>Runs the command.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Runs the whole pipeline on this machine: probes, agent, stream, function and alerts. No AWS, no network.")
        {
            UpCommand.Create(),
            DemoCommand.Create(),
            RecordCommand.Create(),
            ReplayCommand.Create(),
            RulesCommand.Create(),
            DoctorCommand.Create(Report),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Report($"{error.Message}; pipeline --help lists the commands");
            }

            return BadConfiguration;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (InvalidOptionsException e)
        {
            foreach (var fault in e.Faults)
            {
                Report(fault);
            }

            return BadConfiguration;
        }
        catch (ProbeException e)
        {
            Report(e.Message);
            Report("without probes a recording can be played: pipeline up --replay");
            return Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Report(e.Message);
            return Failed;
        }
    }

    /// <summary>Messages go to standard error; standard output holds events and alerts.</summary>
    internal static void Report(string text) => Console.Error.WriteLine($"pipeline: {text}");
}
