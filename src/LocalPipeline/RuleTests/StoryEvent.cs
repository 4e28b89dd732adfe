using System.Net;
using Wire.Model;
using YamlDotNet.RepresentationModel;

namespace LocalPipeline.RuleTests;

/// <summary>An event of a story as it is written. Immutable.</summary>
internal sealed record StoryEvent
{
    /// <summary>Where it stands.</summary>
    internal required YamlNode Place { get; init; }

    /// <summary>ns since the start of the story.</summary>
    internal required long AtNs { get; init; }

    internal required EventKind Kind { get; init; }

    /// <summary>Name of the process that acts.</summary>
    internal required YamlNode Process { get; init; }

    /// <summary>The file of an open, or what a call is done to.</summary>
    internal string Path { get; init; } = "";

    /// <summary>The name that was asked for; null = the real one.</summary>
    internal string? Asked { get; init; }

    internal string Interpreter { get; init; } = "";

    /// <summary>Short name before an exec; null = that of the parent.</summary>
    internal string? Caller { get; init; }

    internal bool IsDeleted { get; init; }

    /// <summary>A watched file under another name.</summary>
    internal bool IsAlias { get; init; }

    internal OriginFlags Origin { get; init; }

    internal uint OpenFlags { get; init; }

    internal IPEndPoint? Remote { get; init; }

    /// <summary>What a system call is for.</summary>
    internal CallKind Call { get; init; }

    /// <summary>The other name of a call with two.</summary>
    internal string OtherPath { get; init; } = "";

    /// <summary>errno with which an open or a call was refused; 0 = done.</summary>
    internal ushort Error { get; init; }

    /// <summary>Arguments of a call, without <see cref="Target"/>.</summary>
    internal CallArguments Arguments { get; init; }

    /// <summary>Name of the process that a call is done to; null = none.</summary>
    internal YamlNode? Target { get; init; }

    /// <summary>IP protocol number.</summary>
    internal byte Protocol { get; init; }

    /// <summary>What an exit returns.</summary>
    internal int ExitCode { get; init; }
}
