using Wire.Model;

namespace LocalPipeline.RuleTests;

/// <summary>A process of a story as events show it. Immutable.</summary>
/// <param name="Host">Where it runs.</param>
/// <param name="Node">The process with its lineage.</param>
/// <param name="Credentials">Its rights.</param>
/// <param name="EffectiveUserName">Name of the effective user.</param>
/// <param name="LoginUserName">Name of the login user; empty outside a login.</param>
/// <param name="Container">Id of its container; empty outside one.</param>
/// <param name="CgroupId">Id of its cgroup.</param>
internal sealed record CastMember(
    HostIdentity Host, ProcessNode Node, Credentials Credentials, string EffectiveUserName, string LoginUserName, string Container, ulong CgroupId);
