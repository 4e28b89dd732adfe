return await LocalPipeline.Commands.PipelineCommand.RunAsync(args);
