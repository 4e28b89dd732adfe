namespace Cdk.Context;

/// <summary>What is about hosts and artefacts.</summary>
public static partial class PipelineContext
{
    private const string FunctionAssembly = "AlertLambda.dll";
    private const string RulesFolder = "rules";

    private static HostNetwork? Network(ContextReader reader, bool endpoints, bool demo)
    {
        var vpc = reader.Matching(ContextKeys.VpcId, VpcPattern(), "Write the id of a VPC, e.g. vpc-0123abcd.");
        var cidr = reader.Matching(ContextKeys.VpcCidr, CidrPattern(), "Write the VPC's addresses in CIDR form, e.g. 10.0.0.0/16.");
        var subnets = reader.List(ContextKeys.SubnetIds, SubnetPattern().IsMatch, "Write subnet ids, e.g. subnet-0123abcd,subnet-4567cdef.");
        var routes = reader.List(ContextKeys.RouteTableIds, RoutePattern().IsMatch, "Write route table ids, e.g. rtb-0123abcd.");
        Require(reader, ContextKeys.VpcId, endpoints || demo);
        Require(reader, ContextKeys.SubnetIds, endpoints || demo);
        Require(reader, ContextKeys.VpcCidr, endpoints);
        reader.Needs(ContextKeys.RouteTableIds, $"{ContextKeys.VpcEndpoints}=true", endpoints);
        return vpc is null ? null : new HostNetwork(vpc, subnets, cidr, routes);
    }

    // Of a network that nobody uses, nothing is told: it may stand in a file for several deployments. What is used must be whole.
    private static void Require(ContextReader reader, string key, bool used)
    {
        if (used && !reader.Has(key))
        {
            reader.Fault(key, $"{ContextKeys.VpcEndpoints} or {ContextKeys.DemoHost} needs it.", "Name your VPC with vpcId, subnetIds, and for endpoints vpcCidr.");
        }
    }

    private static FleetTag? Tag(ContextReader reader)
    {
        var tag = reader.Matching(ContextKeys.FleetTag, TagPattern(), "Write the tag of the instances as Key=Value, e.g. edge-agent=on.");
        var split = tag?.Split('=', 2);
        return split is null ? null : new FleetTag(split[0], split[1]);
    }

    private static string FunctionFolder(ContextReader reader, string root)
    {
        var folder = Path.GetFullPath(reader.Text(ContextKeys.FunctionPath) ?? DefaultFunctionPath, root);
        if (!File.Exists(Path.Combine(folder, FunctionAssembly)))
        {
            reader.Fault(ContextKeys.FunctionPath, $"{folder} holds no {FunctionAssembly}.",
                "Run 'make publish' first, or name the published folder.");
        }
        else if (!Directory.Exists(Path.Combine(folder, RulesFolder)))
        {
            reader.Fault(ContextKeys.FunctionPath, $"{folder} holds no {RulesFolder} folder, so nothing would be detected.",
                "Run 'make publish' again, or name the published folder.");
        }

        return folder;
    }

    private static string AgentArchive(ContextReader reader, string root, AgentArchitecture wanted)
    {
        var archive = Path.GetFullPath(reader.Text(ContextKeys.AgentPath) ?? DefaultAgentPath, root);
        if (!File.Exists(archive))
        {
            reader.Fault(ContextKeys.AgentPath, $"There is no file {archive}.",
                "Run 'make publish' first, or name the published .tar.gz.");
        }
        else if (AgentBinary.ArchitectureOf(archive) is { } built && built != wanted)
        {
            reader.Fault(ContextKeys.AgentPath, $"{archive} was built for {Word(built)}, the hosts are {Word(wanted)}.",
                $"Run 'make synth AGENT_RUNTIME=linux-{Word(wanted)}', or set {ContextKeys.AgentArchitecture}.");
        }

        return archive;
    }

    private static string Word(AgentArchitecture architecture) => architecture == AgentArchitecture.Arm64 ? "arm64" : "x64";
}
