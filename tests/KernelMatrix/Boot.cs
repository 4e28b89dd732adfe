using System.Text.Json;

namespace KernelMatrix;

/// <summary>One guest: its kernel, and what each backend did there.</summary>
/// <param name="Name">The boot, as the matrix names it.</param>
/// <param name="Release">The kernel's release; empty when it did not run.</param>
/// <param name="Machine">Its architecture as <c>uname -m</c> tells it.</param>
/// <param name="SecurityModules">Its active security modules.</param>
/// <param name="Lockdown">The modes of lockdown as the kernel writes them, the one in force in brackets.</param>
/// <param name="Fault">Why there is no complete result; empty when there is one.</param>
/// <param name="IsAbsent">True when the kernel could not be had: that is said, and no failure.</param>
/// <param name="Runs">In the order in which they were tried.</param>
internal sealed record Boot(string Name, string Release, string Machine, string SecurityModules, string Lockdown, string Fault, bool IsAbsent, IReadOnlyList<BackendRun> Runs)
{
    /// <summary>Major and minor number of the kernel.</summary>
    internal Version Kernel => Version.Parse(string.Join('.', Release.Split('-')[0].Split('.', '+')[..2]));
}

/// <summary>One backend, loaded alone and set off in every way that belongs to its signal.</summary>
/// <param name="Signal">What it shows.</param>
/// <param name="Backend">Its name.</param>
/// <param name="Refusal">Why the kernel does not take it; empty when it does.</param>
/// <param name="Steps">Instructions that the verifier looked at, of the program with most.</param>
/// <param name="Scenarios">What was done, and what was reported.</param>
internal sealed record BackendRun(string Signal, string Backend, string Refusal, long Steps, IReadOnlyList<ScenarioRun> Scenarios)
{
    internal bool Loads => Refusal.Length == 0;
}

/// <summary>One thing that was done.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Truth">What the trigger says about it.</param>
/// <param name="Events">What was reported meanwhile, of whatever process.</param>
internal sealed record ScenarioRun(string Name, JsonElement Truth, IReadOnlyList<JsonElement> Events);
