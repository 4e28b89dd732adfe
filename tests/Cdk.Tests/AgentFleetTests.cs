using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cdk.Bootstrap;
using Cdk.Tests.Support;

namespace Cdk.Tests;

[Collection(nameof(DefaultStack))]
public sealed class AgentFleetTests(DefaultStack stack)
{
    private JsonNode LaunchTemplate => stack.Only("AWS::EC2::LaunchTemplate")["LaunchTemplateData"]!;

    private string UserData => Intrinsic.Text(LaunchTemplate[nameof(UserData)]);

    [NodeFact]
    public void Host_may_append_to_the_stream_and_fetch_its_archive_and_nothing_else()
    {
        var role = stack.Resources[stack.IdOf("AWS::IAM::Role", "AgentFleet")]!["Properties"]!;
        var policy = stack.IdOf("AWS::IAM::ManagedPolicy", "AgentFleet");
        var grants = Grants.Allowed(stack.Resources[policy]!["Properties"]!["PolicyDocument"]!);

        Assert.Null(role["Policies"]);
        Assert.Equal([policy], Intrinsic.Texts(role["ManagedPolicyArns"]));
        Assert.Equal(3, grants.Count);
        Assert.Equal($"kinesis:PutRecord on {stack.IdOf("AWS::Kinesis::Stream", "Ingest")}.Arn", grants[0]);
        Assert.Equal($"kms:GenerateDataKey on {stack.IdOf("AWS::KMS::Key", "Ingest")}.Arn", grants[1]);
        Assert.Matches("^s3:GetObject on arn:aws:s3:::cdk-[a-z0-9]+-assets-111122223333-eu-west-1/[0-9a-f]{64}[.]gz$", grants[2]);
    }

    [NodeFact]
    public void Host_may_use_the_key_for_the_stream_only()
    {
        var statements = stack.Only("AWS::IAM::ManagedPolicy")["PolicyDocument"]!["Statement"]!.AsArray();
        var key = Assert.Single(statements, statement => (string?)statement!["Action"] == "kms:GenerateDataKey")!;

        Assert.Equal($"{stack.IdOf("AWS::Kinesis::Stream", "Ingest")}.Arn",
            Intrinsic.Text(key["Condition"]!["StringEquals"]!["kms:EncryptionContext:aws:kinesis:arn"]));
    }

    [NodeFact]
    public void Metadata_needs_a_token_and_stays_on_the_host()
    {
        var options = LaunchTemplate["MetadataOptions"]!;

        Assert.Equal("required", (string?)options["HttpTokens"]);
        Assert.Equal(1, (int)options["HttpPutResponseHopLimit"]!);
        Assert.Equal("enabled", (string?)options["InstanceMetadataTags"]);
    }

    [NodeFact]
    public void User_data_names_the_exact_archive_by_key_and_sha256()
    {
        var grants = Grants.Allowed(stack.Only("AWS::IAM::ManagedPolicy")["PolicyDocument"]!);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(stack.AgentArchive)));

        Assert.Contains($"readonly sha256='{sha256}'\n", UserData, StringComparison.Ordinal);
        Assert.Contains($"readonly artefact_key='{grants[2].Split('/')[1]}'\n", UserData, StringComparison.Ordinal);
    }

    [NodeFact]
    public void User_data_is_complete_valid_bash_within_the_limit_of_ec2()
    {
        Assert.StartsWith("#!/bin/bash\n", UserData, StringComparison.Ordinal);
        Assert.Contains("\nset -euo pipefail\n", UserData, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", UserData, StringComparison.Ordinal);
        Assert.DoesNotContain("Token[", UserData, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(UserData), 1, AgentBootstrap.MaxBytes);
        Assert.Equal((0, ""), CommandLine.Run("bash", ["-n"], UserData));
    }

    [NodeFact]
    public void Agent_is_configured_for_the_stream_of_this_stack()
    {
        var config = JsonNode.Parse(HereDocument("END_OF_CONFIG"))!;

        Assert.Null(config["hostId"]);
        Assert.Equal(["kinesis"], Intrinsic.Texts(config["sinks"]));
        Assert.Equal(stack.IdOf("AWS::Kinesis::Stream", "Ingest"), (string?)config["kinesis"]!["streamName"]);
        Assert.Equal("eu-west-1", (string?)config["kinesis"]!["region"]);
    }

    [NodeFact]
    public void Service_restarts_always_and_starts_with_seven_capabilities_and_a_read_only_system()
    {
        var unit = File.ReadAllLines(Path.Combine(RepositoryRoot.Find(), "cdk", "Bootstrap", "edge-agent.service"));

        Assert.Contains("ExecStart=/opt/edge-agent/current/edge-agent --config /etc/edge-agent/config.json", unit);
        Assert.Contains("Restart=always", unit);
        Assert.Contains("StartLimitIntervalSec=0", unit);
        Assert.Contains("ProtectSystem=strict", unit);
        Assert.Contains("NoNewPrivileges=yes", unit);
        Assert.Contains("StateDirectory=edge-agent", unit);
        Assert.Contains("MemoryMax=256M", unit);
        Assert.Equal(
            "CapabilityBoundingSet=CAP_BPF CAP_PERFMON CAP_NET_ADMIN CAP_SYS_RESOURCE CAP_SETPCAP CAP_SYS_PTRACE CAP_DAC_READ_SEARCH",
            Assert.Single(unit, line => line.StartsWith("CapabilityBoundingSet=", StringComparison.Ordinal)));
    }

    [NodeFact]
    public void Service_says_when_it_is_ready_and_is_ended_when_its_intake_hangs()
    {
        var unit = File.ReadAllLines(Path.Combine(RepositoryRoot.Find(), "cdk", "Bootstrap", "edge-agent.service"));

        Assert.Contains("Type=notify", unit);
        Assert.Contains("NotifyAccess=main", unit);
        Assert.Contains("WatchdogSec=30", unit);
        Assert.Contains("ExecReload=/bin/kill -HUP $MAINPID", unit);
        Assert.Contains("RuntimeDirectory=edge-agent", unit);
        Assert.Contains("RuntimeDirectoryMode=0700", unit);
    }

    [NodeFact]
    public void Running_hosts_are_left_alone_unless_a_tag_is_given() =>
        stack.Template.ResourceCountIs("AWS::SSM::Association", 0);

    private string HereDocument(string end)
    {
        var start = UserData.IndexOf($"<<'{end}'\n", StringComparison.Ordinal) + end.Length + 5;
        return UserData[start..UserData.IndexOf($"\n{end}\n", start, StringComparison.Ordinal)];
    }
}
