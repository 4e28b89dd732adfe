using System.Text.Json.Nodes;
using Cdk.Tests.Support;

namespace Cdk.Tests;

[Collection(nameof(FullStack))]
public sealed class HostNetworkTests(FullStack stack)
{
    [NodeFact]
    public void Endpoint_of_Kinesis_lets_only_appends_of_this_account_to_this_stream_through()
    {
        var statement = Assert.Single(Endpoint(".kinesis-streams")["PolicyDocument"]!["Statement"]!.AsArray())!;

        Assert.Equal("kinesis:PutRecord", (string?)statement["Action"]);
        Assert.Equal($"{stack.IdOf("AWS::Kinesis::Stream", "Ingest")}.Arn", Intrinsic.Text(statement["Resource"]));
        Assert.Equal("111122223333", Intrinsic.Text(statement["Condition"]!["StringEquals"]!["aws:PrincipalAccount"]));
    }

    [NodeTheory]
    [InlineData(".ssm")]
    [InlineData(".ssmmessages")]
    [InlineData(".ec2messages")]
    public void Endpoints_of_SSM_are_for_this_account(string service)
    {
        var statement = Assert.Single(Endpoint(service)["PolicyDocument"]!["Statement"]!.AsArray())!;

        Assert.Equal("111122223333", Intrinsic.Text(statement["Condition"]!["StringEquals"]!["aws:PrincipalAccount"]));
    }

    [NodeFact]
    public void Endpoints_are_private_in_the_given_subnets_for_the_given_addresses()
    {
        var hosts = stack.IdOf("AWS::EC2::SecurityGroup", "HostEndpointsHosts");
        var private_ = stack.OfType("AWS::EC2::VPCEndpoint").Select(one => one["Properties"]!).Where(one => (string?)one["VpcEndpointType"] == "Interface").ToArray();

        Assert.Equal(4, private_.Length);
        Assert.All(private_, one =>
        {
            Assert.True((bool)one["PrivateDnsEnabled"]!);
            Assert.Equal(["subnet-0123abcd", "subnet-4567cdef"], Intrinsic.Texts(one["SubnetIds"]));
            Assert.Equal([$"{hosts}.GroupId"], Intrinsic.Texts(one["SecurityGroupIds"]));
        });
        Assert.Equal("10.0.0.0/16", (string?)stack.Only("AWS::EC2::SecurityGroup", "HostEndpoints")["SecurityGroupIngress"]![0]!["CidrIp"]);
        Assert.Equal(["rtb-0123abcd"], Intrinsic.Texts(Endpoint(".s3")["RouteTableIds"]));
    }

    [NodeFact]
    public void Demo_host_is_one_that_is_replaced_with_the_agent_of_the_fleet_and_no_way_in()
    {
        var group = stack.Only("AWS::AutoScaling::AutoScalingGroup");
        var template = stack.Only("AWS::EC2::LaunchTemplate", "DemoHost")["LaunchTemplateData"]!;
        var fleet = stack.Only("AWS::EC2::LaunchTemplate", "AgentFleet")["LaunchTemplateData"]!;
        var security = stack.Only("AWS::EC2::SecurityGroup", "DemoHost");

        Assert.Equal(("1", "1"), ((string)group["MinSize"]!, (string)group["MaxSize"]!));
        Assert.Equal(stack.IdOf("AWS::EC2::LaunchTemplate", "DemoHost"), Intrinsic.Text(group["LaunchTemplate"]!["LaunchTemplateId"]));
        Assert.Equal(fleet["UserData"]!.ToJsonString(), template["UserData"]!.ToJsonString());
        Assert.Equal("t3.micro", (string?)template["InstanceType"]);
        Assert.Null(security["SecurityGroupIngress"]);
        var way = Assert.Single(security["SecurityGroupEgress"]!.AsArray())!;
        Assert.Equal((443, 443, "tcp"), ((int)way["FromPort"]!, (int)way["ToPort"]!, (string)way["IpProtocol"]!));
        var profile = stack.Only("AWS::IAM::InstanceProfile", "DemoHost");
        Assert.Equal([stack.IdOf("AWS::IAM::Role", "AgentFleet")], Intrinsic.Texts(profile["Roles"]));
    }

    private JsonNode Endpoint(string service) => Assert.Single(
        stack.OfType("AWS::EC2::VPCEndpoint").Select(one => one["Properties"]!), one => Intrinsic.Text(one["ServiceName"]).EndsWith(service, StringComparison.Ordinal));
}
