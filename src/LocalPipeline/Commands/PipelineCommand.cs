using System.CommandLine;
using AlertLambda.Options;
using EdgeAgent.Doctor;
using EdgeAgent.Probes;
using LocalPipeline.DeployCheck;
using Wire.Text;

namespace LocalPipeline.Commands;

/// <summary>The command <c>pipeline</c>: everything on one machine, without AWS.</summary>
public static class PipelineCommand
{
    /// <summary>All went as asked.</summary>
    public const int Done = 0;

    /// <summary>Something did not; the message says what.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong: nothing was done.</summary>
    public const int WrongCommandLine = 2;

    /// <summary>The configuration is wrong, or rules cannot be read (EX_CONFIG of sysexits.h).</summary>
    public const int BadConfiguration = 78;

    /// <summary>Runs the command.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Runs the whole pipeline on this machine: probes, agent, stream, function and alerts. No AWS, no network.")
        {
            UpCommand.Create(),
            DemoCommand.Create(),
            DrillCommand.Create(),
            RecordCommand.Create(),
            ReplayCommand.Create(),
            RulesCommand.Create(),
            DoctorCommand.Create(Report),
            DeployCheckCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (CommandLineCheck.Faults(parsed) is { Count: > 0 } wrong)
        {
            return Refuse(wrong, WrongCommandLine);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (CommandLineException e)
        {
            return Refuse(e.Faults, WrongCommandLine);
        }
        catch (InvalidOptionsException e)
        {
            return Refuse(e.Faults, BadConfiguration);
        }
        catch (TemplateException e)
        {
            return Refuse(e.Faults, Failed);
        }
        catch (ProbeException e)
        {
            Report(e.Message);
            Report("without probes a recording can be played: pipeline up --replay");
            return Failed;
        }
        catch (UnusableFileException e)
        {
            Report(e.Message);
            return Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Report(SafeText.Escape(e.Message));
            return Failed;
        }
    }

    /// <summary>Messages go to standard error; standard output holds events and alerts.</summary>
    internal static void Report(string text) => Console.Error.WriteLine($"pipeline: {text}");

    private static int Refuse(IReadOnlyList<string> faults, int exitCode)
    {
        foreach (var fault in faults)
        {
            Report(fault);
        }

        return exitCode;
    }
}
