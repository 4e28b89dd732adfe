using System.Security.Cryptography;
using System.Text;
using EdgeAgent.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Probes;

/// <summary>
/// Programs at the returns of the kernel's functions of the system calls that matter, so that no other call of the host pays for them. Each jumps to the
/// one that looks what the call was (<c>on_call_return</c>), through a map that is the switch of all of them: to attach them and to detach them again
/// takes the kernel some milliseconds each. One thread only.
/// </summary>
internal sealed unsafe class CallFunctions : IDisposable
{
    /// <summary>What they jump to.</summary>
    internal const string Usual = "on_call_return";

    private const string Optional = "on_optional_return";
    private const string Name = "call_function";
    private const byte LoadResult = 0x79;
    private const byte SkipUnlessNegative = 0x75;
    private const byte SetToMap = 0x18;
    private const byte SetToImmediate = 0xb7;
    private const byte Call = 0x85;
    private const byte Exit = 0x95;
    private const byte FromFirst = 0x12;
    private const byte MapDescriptor = 0x12;
    private const byte Second = 2;
    private const byte Third = 3;
    private const int ResultOffset = 8;
    private const int TailCall = 12;

    private static readonly (string Program, string Map)[] Targets = [(Usual, "call_returns"), (Optional, "optional_returns")];

    private readonly IReadOnlyList<KernelFunction> _functions;
    private readonly uint _usual;
    private readonly List<SafeFileHandle> _programs = [];
    private readonly List<SafeFileHandle> _links = [];
    private KernelHandles? _kernel;

    private CallFunctions(IReadOnlyList<KernelFunction> functions, uint usual) => (_functions, _usual) = (functions, usual);

    /// <summary>Their links, attached or not.</summary>
    internal IEnumerable<SafeFileHandle> Links => _links;

    /// <summary>Whether a program of the object is one that they jump to: it hangs nowhere.</summary>
    internal static bool IsTarget(string program) => program is Usual or Optional;

    /// <summary>SHA-256 of a hash and of the table of functions, in hexadecimal.</summary>
    internal static string HashWith(string hash) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(hash.ToLowerInvariant()), .. BpfArtifact.Resource(KernelFunction.Table)!]));

    /// <summary>
    /// Those of this kernel, for an object that is not loaded yet. A jump is only from and to functions of the same arguments, and kernels describe
    /// theirs in one way or two: so the second target is made for one of the second.
    /// </summary>
    /// <exception cref="ProbeException">The kernel has none of them, or describes them in more ways.</exception>
    internal static CallFunctions Find(BpfObject opened)
    {
        var functions = KernelFunction.All();
        var section = opened.Programs().First(program => program.Name == Usual).Section;
        var model = functions.FirstOrDefault(function => section.EndsWith('/' + function.Name, StringComparison.Ordinal))
            ?? throw new ProbeException($"the kernel has no function for {section}");
        var usual = model.Descriptions[0].Prototype;
        var others = functions.Where(function => function.IdWith(usual) is null).ToList();
        if (others.Select(function => function.Descriptions[0].Prototype).Distinct().Count() > 1)
        {
            throw new ProbeException($"the kernel describes functions of system calls in more than two ways ({string.Join(", ", others.Select(function => function.Name))})");
        }

        if (others.Count > 0)
        {
            opened.SetTarget(Optional, others[0].Name);
        }

        return new CallFunctions(functions, usual);
    }

    /// <summary>Loads the programs, after the object. Gives their handles, which stay this one's.</summary>
    /// <exception cref="LibBpfException">The kernel does not take one.</exception>
    /// <exception cref="ProbeException">The kernel has functions that it does not describe.</exception>
    internal IReadOnlyList<ProgramHandle> Load(KernelHandles kernel)
    {
        _kernel = kernel;
        if (KernelFunction.NotAmong(_functions) is { Count: > 0 } missing)
        {
            throw new ProbeException($"the kernel does not describe {string.Join(", ", missing)}");
        }

        foreach (var function in _functions)
        {
            _programs.Add(Load(function));
        }

        return [.. _functions.Zip(_programs, (function, program) => new ProgramHandle(function.Name, $"fexit/{function.Name}", (int)program.DangerousGetHandle()))];
    }

    /// <summary>Attaches them, if they are not, and switches them on.</summary>
    /// <exception cref="LibBpfException">One cannot be attached.</exception>
    internal void Attach()
    {
        foreach (var (function, program) in _functions.Zip(_programs).Skip(_links.Count))
        {
            var link = LibBpf.bpf_raw_tracepoint_open(null, (int)program.DangerousGetHandle());
            _links.Add(link >= 0 ? new SafeFileHandle(link, ownsHandle: true) : throw LibBpfException.FromLastError("bpf_raw_tracepoint_open", function.Name));
        }

        foreach (var (program, map) in Targets)
        {
            MapOf(map).Set(0, (uint)_kernel!.Programs.First(one => one.Name == program).Fd);
        }
    }

    /// <summary>Switches them off.</summary>
    internal void Stop()
    {
        foreach (var (_, map) in _links.Count > 0 ? Targets : [])
        {
            MapOf(map).Remove(0);
        }
    }

    /// <summary>Detaches them.</summary>
    internal void Detach()
    {
        _links.ForEach(link => link.Dispose());
        _links.Clear();
    }

    public void Dispose()
    {
        Detach();
        _programs.ForEach(program => program.Dispose());
        _programs.Clear();
    }

    private BpfMap<uint, uint> MapOf(string name) => new(name, _kernel!.Maps[name].Fd);

    private SafeFileHandle Load(KernelFunction function)
    {
        var id = function.IdWith(_usual);
        var map = _kernel!.Maps[Targets[id is null ? 1 : 0].Map].Fd;

        // Of a function with one argument, the result stands behind it.
        LibBpf.Instruction[] instructions =
        [
            .. function.FailedOnly
                ? (LibBpf.Instruction[])[new() { Code = LoadResult, Registers = FromFirst, Offset = ResultOffset }, new() { Code = SkipUnlessNegative, Registers = Second, Offset = 4 }]
                : [],
            new() { Code = SetToMap, Registers = MapDescriptor, Immediate = map },
            default,
            new() { Code = SetToImmediate, Registers = Third },
            new() { Code = Call, Immediate = TailCall },
            new() { Code = SetToImmediate },
            new() { Code = Exit },
        ];
        var options = new LibBpf.ProgramLoadOptions
        {
            Size = (nuint)sizeof(LibBpf.ProgramLoadOptions), ExpectedAttachType = LibBpf.BPF_TRACE_FEXIT, AttachBtfId = id ?? function.Descriptions[0].Id,
        };
        fixed (LibBpf.Instruction* first = instructions)
        {
            var fd = LibBpf.bpf_prog_load(LibBpf.BPF_PROG_TYPE_TRACING, Name, "GPL", first, (nuint)instructions.Length, &options);
            return fd >= 0 ? new SafeFileHandle(fd, ownsHandle: true) : throw LibBpfException.FromLastError("bpf_prog_load", function.Name);
        }
    }
}
