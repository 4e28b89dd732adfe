using System.Text.Json.Nodes;

namespace Kernel.Tests.Harness;

/// <summary>An agent that watches a folder, and a name that a user made a link to a file of root's.</summary>
public sealed class AgentWithFolder : RunningAgent
{
    /// <summary>The watched folder; has a file <c>linked</c> with another name outside and a file <c>single</c>.</summary>
    public string Folder => Scratch.Under("folder");

    /// <summary>The other name of <c>linked</c>.</summary>
    public string OtherName => Scratch.Under("other-name");

    /// <summary>The watched name, which is a user's link.</summary>
    public string UserLink => Scratch.Under("home/id_rsa");

    /// <summary>Where it leads to: a file of root's, as libc is.</summary>
    public string LinkTarget => Scratch.Under("libc.so");

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        if (KernelRequirements.Missing is null)
        {
            Scratch.Write("folder/single");
            await Command.MustRunAsync("ln", Scratch.Write("folder/linked"), OtherName);
            Directory.CreateDirectory(Scratch.Under("home"));
            File.CreateSymbolicLink(UserLink, Scratch.Write("libc.so"));
            await Command.MustRunAsync("chown", "-h", "65534", Scratch.Under("home"), UserLink);
        }

        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    protected override JsonObject Options() => new()
    {
        ["watch.moreFiles"] = new JsonArray(UserLink), ["watch.moreFolders"] = new JsonArray(Folder),
    };
}
