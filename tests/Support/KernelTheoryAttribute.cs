using System.Runtime.InteropServices;
using Xunit;

namespace Support;

/// <summary><see cref="KernelFactAttribute"/> with rows of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelTheoryAttribute : TheoryAttribute
{
    /// <param name="programs">Programs that the test needs, by their name on PATH.</param>
    public KernelTheoryAttribute(params string[] programs) => Skip = KernelRequirements.MissingFor(programs);

    /// <summary>True when the test makes 32-bit system calls, which only x86-64 has.</summary>
    public bool X64Only
    {
        get;
        init
        {
            field = value;
            Skip ??= value && RuntimeInformation.ProcessArchitecture != Architecture.X64 ? "needs x86-64" : null;
        }
    }

    /// <summary>True when the test opens files through io_uring, which an administrator may switch off.</summary>
    public bool IoUring
    {
        get;
        init
        {
            field = value;
            Skip ??= value ? KernelRequirements.MissingForIoUring : null;
        }
    }
}
