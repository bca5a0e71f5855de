import { test } from '@japa/runner'
import testUtils from '@adonisjs/core/services/test_utils'
import HttpExceptionHandler from '#exceptions/handler'
import { LlmError } from '#services/llm/index'

test.group('Errors as JSON', () => {
  test('{accept}: an error of ours says nothing of its insides')
    .with([{ accept: 'application/json' }, { accept: 'application/vnd.api+json' }])
    .run(async ({ assert }, { accept }) => {
      const ctx = await testUtils.createHttpContext()
      ctx.request.request.headers.accept = accept

      await new HttpExceptionHandler().handle(new Error('select secret from app.users'), ctx)

      const body = JSON.stringify(ctx.response.getBody())
      assert.equal(ctx.response.getStatus(), 500)
      assert.notInclude(body, 'secret')
      assert.include(body, 'Try again')
    })

  test('a mistake of the asker is named', async ({ assert }) => {
    const ctx = await testUtils.createHttpContext()
    ctx.request.request.headers.accept = 'application/json'

    await new HttpExceptionHandler().handle(
      new LlmError('model_not_found', { provider: 'Demo' }),
      ctx
    )

    assert.equal(ctx.response.getStatus(), 422)
    assert.include(ctx.response.getBody().message, 'Choose another model.')
  })
})
