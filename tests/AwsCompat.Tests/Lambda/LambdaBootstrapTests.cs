using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Support.Lambda;

namespace AwsCompat.Tests.Lambda;

public sealed class LambdaBootstrapTests
{
    [Fact]
    public async Task Handlers_response_answers_the_event()
    {
        await using var lambda = NewLambda();

        var result = await lambda.InvokeAsync(TestEvents.Of("ok", "fail"));

        Assert.True(result.Succeeded, result.Text);
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"1002"}]}""", result.Text);
        Assert.Equal("""{"batchItemFailures":[]}""", (await lambda.InvokeAsync(TestEvents.Of("ok"))).Text);
        Assert.Equal(1, lambda.FunctionStarts);
    }

    [Theory]
    [InlineData("{\"Records\": 7}")]
    [InlineData("not JSON")]
    [InlineData("")]
    public async Task Bad_event_is_an_error_and_the_next_one_is_served(string payload)
    {
        await using var lambda = NewLambda();

        var bad = await lambda.InvokeAsync(Encoding.UTF8.GetBytes(payload));
        var good = await lambda.InvokeAsync(TestEvents.Of("ok"));

        Assert.Equal("JsonSerializerException", bad.ErrorType);
        Assert.Contains("KinesisEvent", JsonElement.Parse(bad.Text).GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.True(good.Succeeded, good.Text);
        Assert.Equal(1, lambda.FunctionStarts);
    }

    [Fact]
    public async Task Exception_of_the_handler_is_reported_with_type_message_and_stack()
    {
        await using var lambda = NewLambda();

        var result = await lambda.InvokeAsync(TestEvents.Of("throw"));

        Assert.Equal("InvalidOperationException", result.ErrorType);
        var error = JsonElement.Parse(result.Text);
        Assert.Equal("InvalidOperationException", error.GetProperty("errorType").GetString());
        Assert.Equal("told to throw\nover two lines", error.GetProperty("errorMessage").GetString());
        Assert.Contains("HandleAsync", error.GetProperty("stackTrace")[0].GetString(), StringComparison.Ordinal);
        Assert.True((await lambda.InvokeAsync(TestEvents.Of("ok"))).Succeeded);
    }

    [Fact]
    public async Task Context_tells_what_the_service_said()
    {
        await using var lambda = NewLambda();

        var result = await lambda.InvokeAsync(TestEvents.Of("context"));

        Assert.Contains(
            "function-under-test $LATEST 512 arn:aws:lambda:us-east-1:000000000000:function:function-under-test True True",
            result.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_above_the_limit_fails_its_invocation_only()
    {
        await using var lambda = NewLambda();

        var large = await lambda.InvokeAsync(TestEvents.Of("large"));
        var next = await lambda.InvokeAsync(TestEvents.Of("ok"));

        Assert.Equal("Function.ResponseSizeTooLarge", large.ErrorType);
        Assert.True(next.Succeeded, next.Text);
        Assert.Equal(1, lambda.FunctionStarts);
    }

    [Fact]
    public async Task Failing_initializer_is_reported_and_ends_the_process()
    {
        await using var lambda = NewLambda("--fail-at-start");

        var result = await lambda.InvokeAsync(TestEvents.Of("ok"));

        Assert.Equal("Runtime.ExitError", result.ErrorType);
        Assert.Equal("InvalidOperationException", lambda.InitializationError?.ErrorType);
        Assert.Contains("asked to fail at start", lambda.InitializationError!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_the_loop_while_it_waits_and_after_the_event_in_hand()
    {
        await using var lambda = new LambdaRuntimeApi();
        Environment.SetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API", lambda.Address);
        using var stop = new CancellationTokenSource();
        using var bootstrap = LambdaBootstrapBuilder.Create(EchoAsync).Build();
        var running = bootstrap.RunAsync(stop.Token);

        var echoed = await lambda.InvokeAsync("\"hello\""u8.ToArray());
        var waiting = running.IsCompleted;
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("\"hello\"", echoed.Text);
        Assert.False(waiting);

        static async Task<Stream> EchoAsync(Stream input, ILambdaContext context)
        {
            var output = new MemoryStream();
            await input.CopyToAsync(output);
            output.Position = 0;
            return output;
        }
    }

    internal static LambdaRuntimeApi NewLambda(params string[] arguments) => new(new LambdaFunctionOptions
    {
        FileName = "dotnet",
        Arguments = [Path.Combine(AppContext.BaseDirectory, "AwsCompat.TestFunction.dll"), .. arguments],
    });
}
